import { tablesOf, type View } from "@hybrid-ai-fabric/graph";
import { withTables } from "@hybrid-ai-fabric/locality";
import { yearlyEgress } from "@hybrid-ai-fabric/policy-locality/egress";
import { type Difference, difference, type JudgedPlan, survey } from "@hybrid-ai-fabric/report";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { figureGroups } from "./figures";
import { layOut } from "./layout";
import { Page, type PageContent } from "./page";
import { pictureOf } from "./picture";
import { PlaceMap } from "./place-map";

/** A plan that was judged before, as its file keeps it. */
export type EarlierPlan = Pick<JudgedPlan, "resources" | "violations">;

/** A judged plan as people look at it: one page that holds everything, and its map alone. */
export interface Rendered {
  html: string;
  svg: string;
}

/** Renders a plan; `earlier` is what it is compared with, or why there is nothing to compare it with. */
export async function renderPage(plan: JudgedPlan, earlier?: EarlierPlan | string): Promise<Rendered> {
  const { summary, standIns } = plan;
  const { picture, drawing, ...shown } = withTables(tablesOf(plan.settings), () => {
    const view = survey(plan.resources, plan.settings, plan.today);
    const picture = pictureOf(plan, view);
    return {
      picture,
      drawing: layOut(picture.stops, picture.links),
      figures: figureGroups(summary.predictions, yearlyEgress(view)),
      since: typeof earlier === "object" ? sinceEarlier(earlier, plan, view) : earlier,
    };
  });
  const layout = await drawing;
  const content: PageContent = {
    ...shown,
    picture,
    layout,
    unread: summary.unreadPredictions,
    packs: summary.packs,
    resources: summary.resources,
    standIns,
    restsOn: summary.used,
  };
  return {
    html: `<!DOCTYPE html>\n${renderToString(h(Page, { content }))}\n`,
    svg: `${renderToString(h(PlaceMap, { picture, layout }))}\n`,
  };
}

/** Both plans are read with the terms of today: the question is what the program changes. */
function sinceEarlier({ resources, violations }: EarlierPlan, plan: JudgedPlan, view: View): Difference {
  return difference(
    { view: survey(resources, plan.settings, plan.today), violations },
    { view, violations: plan.violations },
  );
}
