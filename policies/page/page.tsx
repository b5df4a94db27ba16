import type { Difference } from "@hybrid-ai-fabric/report";
import { DatasetTable } from "./datasets";
import { Figures } from "./figure-tables";
import type { FigureGroup } from "./figures";
import { Findings } from "./findings";
import type { Layout } from "./layout";
import type { Picture } from "./picture";
import { PlaceMap } from "./place-map";
import { pageScript } from "./script";
import { SinceLast } from "./since-last";
import { pageStyle } from "./style";
import { Verdict } from "./verdict";

/** All that a page shows. */
export interface PageContent {
  picture: Picture;
  layout: Layout;
  figures: FigureGroup[];
  /** Figures that could not be read, with the reason. */
  unread: readonly string[];
  packs: readonly { pack: string; verdict: "holds" | "refused"; mandatory: number; advisory: number }[];
  resources: number;
  standIns: readonly { package: string; version: string }[];
  /** Approvals, attestations and exemptions that the verdict rests on. */
  restsOn: readonly string[];
  /** Undefined where there was no plan before; a text says why one that was there could not be read. */
  since: Difference | string | undefined;
}

/** The page of one judged plan: everything is in the document, and nothing is fetched when it is looked at. */
export function Page({ content }: { content: PageContent }) {
  const { picture, layout, figures, unread, since, restsOn } = content;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${picture.environment}: where data gets to`}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: pageStyle }} />
      </head>
      <body>
        <a class="skip" href="#findings">
          Skip to what the packs say
        </a>
        <Verdict content={content} />
        <main>
          <section aria-labelledby="map-title">
            <h2 id="map-title">Places and links</h2>
            <Legend />
            <div class="scroll">
              <PlaceMap picture={picture} layout={layout} />
            </div>
            {picture.asides.length > 0 && (
              <p class="soft">
                {`Not drawn, because no labelled data gets there and no link ends there: a resource of the plan may also be in ${picture.asides.join(", ")}.`}
              </p>
            )}
          </section>
          <DatasetTable picture={picture} />
          <Findings findings={picture.findings} restsOn={restsOn} />
          <SinceLast since={since} />
          <Figures groups={figures} unread={unread} />
        </main>
        <p id="picked" role="status" aria-live="polite" />
        <script dangerouslySetInnerHTML={{ __html: pageScript }} />
      </body>
    </html>
  );
}

function Legend() {
  return (
    <ul class="legend">
      <li class="path">private path</li>
      <li class="channel">channel between agents</li>
      <li class="flow">data that moves by itself</li>
    </ul>
  );
}
