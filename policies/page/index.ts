/** A judged plan as one page that people look at, and as a picture for docs and pull requests. */
export { type EarlierPlan, type Rendered, renderPage } from "./render";
export { reportIn, unwritableFolder, writePage } from "./write";
