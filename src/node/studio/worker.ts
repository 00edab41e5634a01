// The program of a run's thread: carries out the one order that it was started with.
import { parentPort, workerData } from "node:worker_threads";
import { type Order, serve } from "../../pipeline/remote.ts";
import { run } from "../index.ts";

serve(run, workerData as Order, (message, transfer) => parentPort?.postMessage(message, transfer as ArrayBuffer[]));
