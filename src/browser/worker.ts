// The program of the dedicated Worker. `build.ts` bundles it into one file.
import { giveTwins } from "../js/load.ts";
import { answerOrder } from "./answerOrder.ts";
import { browserPlatform } from "./platform.ts";

// Beside the Worker's file, where a page has it from its server. A Worker that is made from text is told another place.
giveTwins(() => import(/* @vite-ignore */ new URL("twins.js", location.href).href));

answerOrder(browserPlatform);
