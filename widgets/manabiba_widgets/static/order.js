import { exercise } from "./card.js";
import { stepList } from "./step_list.js";

function draw(body, api) {
  const steps = Object.entries(api.spec.steps).map(([id, label]) => ({ id, label }));
  const settle = (order) => api.edit({ order });
  stepList(body, { steps, start: api.answer.order || api.spec.start, isSettled: Boolean(api.answer.order), settle });
  return { show() {} };
}

export default exercise({ draw });
