import type { Rule } from "@hybrid-ai-fabric/graph";
import { addressesSuffice } from "./addresses-suffice-for-every-interface";
import { capacityFits } from "./capacity-fits-how-it-is-asked-for";
import { efaTypes } from "./efa-is-asked-of-types-that-have-it";
import { placedTogether } from "./efa-nodes-are-placed-together";
import { nodesHaveDriver } from "./efa-nodes-have-its-driver";
import { efaSecurityGroups } from "./efa-security-groups-allow-themselves";
import { efaInOneZone } from "./efa-stays-in-one-zone";
import { everyCardHasEfa } from "./every-card-that-takes-efa-has-one";
import { boughtAsSold } from "./instances-are-bought-as-they-are-sold";
import { agentsWithinQuota } from "./locations-have-agents-within-the-quota";
import { lustreReachesClients } from "./lustre-and-its-clients-reach-each-other";
import { lustreHasWhatEfaNeeds } from "./lustre-has-what-efa-needs";
import { repositoriesFit } from "./lustre-repositories-fit-their-file-system";
import { imagesFit } from "./machine-images-fit-the-instance-type";
import { ncclFindsOut } from "./nccl-is-not-told-what-it-finds-out";
import { interfacesFitCards } from "./network-interfaces-fit-the-cards";
import { noPublicAddress } from "./nodes-with-efa-have-no-public-address";
import { podsAskForEfa } from "./pods-with-efa-ask-for-what-it-needs";
import { transfersVerify } from "./transfers-verify-in-a-mode-that-can";
import { zonesOffer } from "./zones-offer-the-instance-type";

/** Rules over EFA, capacity, FSx for Lustre and DataSync. */
export const trainingRules: readonly Rule[] = [
  efaSecurityGroups,
  efaTypes,
  everyCardHasEfa,
  interfacesFitCards,
  noPublicAddress,
  efaInOneZone,
  placedTogether,
  capacityFits,
  boughtAsSold,
  zonesOffer,
  imagesFit,
  nodesHaveDriver,
  podsAskForEfa,
  ncclFindsOut,
  addressesSuffice,
  lustreHasWhatEfaNeeds,
  repositoriesFit,
  lustreReachesClients,
  transfersVerify,
  agentsWithinQuota,
];
