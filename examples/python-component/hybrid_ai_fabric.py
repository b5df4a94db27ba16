"""The part of the library that this program uses, declared by hand.

`pulumi package add <path or git>` generates all of it with types and documentation, as pulumi_hybrid_ai_fabric. This
module needs no generator, so the example also runs where only the engine is.
"""

from typing import List, Optional, TypedDict

import pulumi


class DatasetLabels(TypedDict):
    """What data a resource holds."""

    dataset: str
    classification: str
    kinds: List[str]
    residency: List[str]


class TrainingStore(pulumi.ComponentResource):
    """The bucket that a dataset is trained from, with a key of the customer."""

    def __init__(
        self,
        name: str,
        *,
        region: str,
        account_id: str,
        labels: DatasetLabels,
        protect: bool = True,
        opts: Optional[pulumi.ResourceOptions] = None,
    ) -> None:
        # What the component answers fills the last two, under the names that it gives them.
        properties = {
            "region": region,
            "accountId": account_id,
            "labels": labels,
            "protect": protect,
            "bucketArn": None,
            "keyArn": None,
        }
        super().__init__("hybrid-ai-fabric:index:TrainingStore", name, properties, opts, remote=True)

    @property
    def bucket_arn(self) -> pulumi.Output[str]:
        """ARN of the bucket."""
        return self.__dict__["bucketArn"]

    @property
    def key_arn(self) -> pulumi.Output[str]:
        """ARN of the key that encrypts it."""
        return self.__dict__["keyArn"]
