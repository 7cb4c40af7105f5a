import { exercise } from "./card.js";
import { sortZones } from "./sort_zones.js";

function draw(body, api) {
  const { groups, items } = api.spec;
  return sortZones(body, { id: api.id, groups, items, placed: api.answer.placed, settle: (placed) => api.edit({ placed }) });
}

export default exercise({ draw });
