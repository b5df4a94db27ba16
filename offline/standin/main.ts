import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { servePlugin } from "../serve";
import { standInProvider } from "./provider";

const [plugin = "", version = "", project = process.cwd()] = process.argv.slice(2);
void servePlugin([[ResourceProviderService, standInProvider(plugin, version, project)]]);
