"""A store for claims that must stay in Japan."""

import pulumi
from hybrid_ai_fabric import TrainingStore


def program() -> None:
    store = TrainingStore(
        "claims",
        region="ap-northeast-1",
        account_id="111122223333",
        labels={
            "dataset": "claims",
            "classification": "restricted",
            "kinds": [],
            "residency": ["japan-only"],
        },
    )
    pulumi.export("bucketArn", store.bucket_arn)
