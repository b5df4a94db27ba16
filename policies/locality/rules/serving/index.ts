import type { Rule } from "@hybrid-ai-fabric/graph";
import { modelsStayWarm } from "./answers-find-a-model-in-memory";
import { egressFits } from "./egress-stays-within-its-budget";
import { doorsStayInOneBloc } from "./front-doors-stay-in-one-legal-bloc";
import { modelsAreNear } from "./models-are-in-the-region-of-their-endpoint";
import { modelsHaveTime } from "./models-have-time-to-load";
import { regionsOffer } from "./regions-offer-the-type-of-their-endpoint";
import { storesAreNear } from "./stores-are-in-the-region-of-what-reads-them";
import { usersAreNear } from "./users-are-answered-within-their-budget";

/** Whether models answer from memory, next to their users and to what they read. */
export const servingRules: readonly Rule[] = [
  modelsAreNear,
  storesAreNear,
  usersAreNear,
  doorsStayInOneBloc,
  regionsOffer,
  modelsStayWarm,
  modelsHaveTime,
  egressFits,
];
