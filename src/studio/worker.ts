// The program of a run's Worker in the studio: as the package's own, but that files come through the studio's server.
import { answerOrder } from "../browser/answerOrder.ts";
import { serverPlatform } from "./serverPlatform.ts";

answerOrder(serverPlatform);
