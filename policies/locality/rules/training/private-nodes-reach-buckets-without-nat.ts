import { broken, type Finding, notShown, type PlannedResource, type Rule } from "@hybrid-ai-fabric/graph";
import { append, type Reading, textAt } from "@hybrid-ai-fabric/graph/interconnect";
import { subnetsOf, type Training, tokens, trainingOf } from "@hybrid-ai-fabric/graph/training";
import { natUsd } from "@hybrid-ai-fabric/locality";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ROUTES = "aws:ec2/routeTable:RouteTable";
const ROUTES_OF = "aws:ec2/routeTableAssociation:RouteTableAssociation";

export const s3WithoutNat: Rule = {
  id: "private-nodes-reach-buckets-without-nat",
  pack: "locality",
  severity: "medium",
  level: "advisory",
  description:
    "The route table of training nodes leads to S3 over a gateway endpoint, which is free and stays in the region; over NAT every GB is billed.",
  remediation: "Add the route table of the nodes to a gateway endpoint of S3.",
  evaluate: (view) => {
    const training = trainingOf(view);
    const nodes = new Set(training.templates.flatMap(({ users }) => users));
    if (nodes.size === 0) return [];
    const routes = routesOf(training);
    return [...nodes].flatMap((group) => judge(group, training, routes));
  },
};

/** Route tables by subnet, and the services that each table has an endpoint for. */
interface Routes {
  tables: Map<PlannedResource, PlannedResource[]>;
  services: Map<PlannedResource, Reading<string>[]>;
}

function routesOf(training: Training): Routes {
  const routes: Routes = { tables: new Map(), services: new Map() };
  for (const link of training.all(ROUTES_OF)) {
    const tables = training.named(link, "routeTableId", ROUTES).resources;
    for (const subnet of training.named(link, "subnetId", tokens.subnet).resources) {
      for (const table of tables) append(routes.tables, subnet, table);
    }
  }
  for (const endpoint of training.all(ENDPOINT)) {
    const service = textAt(endpoint, "serviceName");
    for (const table of training.named(endpoint, "routeTableIds[]", ROUTES).resources) {
      append(routes.services, table, service);
    }
  }
  return routes;
}

function judge(group: PlannedResource, training: Training, { tables, services }: Routes): Finding[] {
  const { property, path } = subnetsOf(group);
  const subnets = training.named(group, path, tokens.subnet).resources;
  return [...new Set(subnets.flatMap((subnet) => tables.get(subnet) ?? []))].flatMap((table) => {
    const leading = services.get(table) ?? [];
    if (leading.some((service) => service.state === "known" && service.value.endsWith(".s3"))) return [];
    const via = [{ urn: table.urn, property: "" }];
    if (leading.some(({ state }) => state === "hidden")) {
      const message = `Nothing shows that the routes of ${group.name} lead to S3: a service is not known before creation.`;
      return [notShown(group, property, message, { via })];
    }
    const cost = Math.round(natUsd(1));
    const message = `${table.name}, the route table of ${group.name}, leads to S3 over no gateway endpoint; over NAT a TiB costs ${cost} USD.`;
    return [broken(group, property, message, { via })];
  });
}
