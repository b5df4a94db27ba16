import * as aws from "@pulumi/aws";

const claims = {
  "hybrid-ai:dataset": "claims",
  "hybrid-ai:classification": "restricted",
  "hybrid-ai:residency": "japan-only",
};

const tokyo = new aws.lb.LoadBalancer("tokyo", { subnets: ["subnet-1", "subnet-2"], tags: claims });
const frankfurt = new aws.lb.LoadBalancer("frankfurt", {
  region: "eu-central-1",
  subnets: ["subnet-3", "subnet-4"],
});

// Neither the accelerator nor its listener bears a label: what answers through it does.
const accelerator = new aws.globalaccelerator.Accelerator("door", {});
const listener = new aws.globalaccelerator.Listener("door", {
  acceleratorArn: accelerator.arn,
  protocol: "TCP",
  portRanges: [{ fromPort: 443, toPort: 443 }],
});
new aws.globalaccelerator.EndpointGroup("tokyo", {
  listenerArn: listener.arn,
  endpointGroupRegion: "ap-northeast-1",
  endpointConfigurations: [{ endpointId: tokyo.arn }],
});
new aws.globalaccelerator.EndpointGroup("frankfurt", {
  listenerArn: listener.arn,
  endpointGroupRegion: "eu-central-1",
  endpointConfigurations: [{ endpointId: frankfurt.arn }],
});
