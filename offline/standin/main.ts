import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { servePlugin } from "../serve";
import { standInProvider, type Unset } from "./provider";

const [plugin = "", version = "", project = process.cwd(), unset = "unknown"] = process.argv.slice(2);
void servePlugin([[ResourceProviderService, standInProvider(plugin, version, project, unset as Unset)]]);
