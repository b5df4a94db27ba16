/** The training clusters of a plan, as the packs read them: nodes with EFA, what launches them, and what they read. */
export {
  cardOf,
  type EfaTemplate,
  type Ends,
  isEfa,
  mostNodes,
  purchaseOf,
  subnetsOf,
  type TemplateInterface,
  type Training,
  targetOf,
  tokens,
  trainingOf,
} from "./clusters";
