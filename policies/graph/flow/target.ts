/** One end of a flow, as far as the plan tells. */
export type Target =
  /** A resource of this plan; not certain when the value could as well be another candidate. */
  | { kind: "resource"; urn: string; property: string; certain: boolean }
  /** Something outside this plan, named by a literal value. */
  | { kind: "external"; name: string; property: string; certain: boolean }
  /** Any store of the region: a selection that no value narrows. */
  | { kind: "everything"; property: string }
  /** Nothing shows where it leads; untraced when the engine does not even show what it was computed from. */
  | { kind: "unresolved"; property: string; reason: string; untraced?: true };
