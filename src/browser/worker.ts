// The program of the dedicated Worker: carries out the one order that it is sent. `build.ts` bundles it into one file.
import { answerOrder } from "./answerOrder.ts";
import { browserPlatform } from "./platform.ts";

answerOrder(browserPlatform);
