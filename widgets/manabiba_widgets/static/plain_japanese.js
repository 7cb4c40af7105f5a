// What makes a notice hard to read, in the browser: the twin of manabiba_subjects.plain_japanese (a test compares them).

const BLANK = /[\t-\r \u00a0\u3000]+/gu;
const END = /[。！？!?\n\r]+/u;
const KANJI = "[々〇\\u3400-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";

/** `measure(text)` for these rules, as the Python twin has them. */
export function plainJapanese(rules) {
  const kanji = new RegExp(KANJI, "gu");
  const compound = new RegExp(`${KANJI}{${rules.longest_compound + 1},}`, "gu");
  const negative = new RegExp(rules.double_negatives.join("|"), "gu");
  const longestFirst = Object.keys(rules.words).sort((one, other) => [...other].length - [...one].length);
  const anyWord = new RegExp(longestFirst.join("|"), "gu");

  return (text) => {
    const plain = text.replace(BLANK, "");
    const length = size(plain);
    const sentences = text.split(END).map((one) => one.replace(BLANK, "")).filter(Boolean);
    const share = (plain.match(kanji) || []).length;
    return {
      length,
      sentences: sentences.length,
      longest: sentences.reduce((longest, one) => (size(one) > size(longest) ? one : longest), ""),
      kanji: length ? Math.floor((200 * share + length) / (2 * length)) : 0,
      hard: each(anyWord, plain).map((word) => [word, rules.words[word]]),
      compounds: each(compound, plain),
      double_negatives: each(negative, plain),
    };
  };
}

function size(text) {
  return [...text].length;
}

function each(pattern, text) {
  return [...new Set(text.match(pattern) || [])];
}
