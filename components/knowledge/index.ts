/** Stores that a model reads while it answers: vectors and features, in its own region. */
export {
  FeatureStore,
  type FeatureStoreArgs,
  type FeatureStoreFeature,
  type FeatureStoreGroup,
  validateFeatureStore,
} from "./feature-store";
export {
  VectorIndex,
  type VectorIndexArgs,
  type VectorIndexNetwork,
  type VectorIndexOpenSearch,
  type VectorIndexPinecone,
  type VectorIndexS3Vectors,
  type VectorIndexServerless,
  validateVectorIndex,
} from "./vector-index";
