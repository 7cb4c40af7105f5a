import { exercise } from "./card.js";
import { numberFields } from "./number_fields.js";

function draw(body, api) {
  const { elements, show } = numberFields(api.id, api.spec.fields, api.answer.values || {}, (values) => api.edit({ values }));
  body.append(...elements);
  return { show };
}

export default exercise({ draw });
