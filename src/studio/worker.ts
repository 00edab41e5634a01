// The program of a run's Worker in the studio: as the package's own, but that its files come through the studio's server.
import { createRun } from "../pipeline/run.ts";
import { serve } from "../pipeline/remote.ts";
import { browserPlatform } from "../browser/platform.ts";
