import { delimiter } from "node:path";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { servePlugin } from "../serve";
import { standInProvider, type Unset } from "./provider";

const [plugin = "", version = "", projects = process.cwd(), unset = "unknown"] = process.argv.slice(2);
const standIn = standInProvider(plugin, version, projects.split(delimiter), unset as Unset);
void servePlugin([[ResourceProviderService, standIn]]);
