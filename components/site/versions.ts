/** Releases that the objects of this folder were checked against (CRD schemas of 2026-11). */
export const versions = {
  networkOperator: "26.4.1",
  docaDriver: "doca3.4.1-26.04-1.1.0.0-1",
  gpuOperator: "v26.7.0",
  draDriver: "0.4.0",
  kueue: "0.19.2",
  jobSet: "0.12.0",
  ncclTests: "nvcr.io/nvidia/pytorch:26.01-py3",
} as const;
