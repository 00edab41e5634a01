// The program of a run's thread: carries out the one order that it was started with.
import { parentPort, workerData } from "node:worker_threads";
import { type Control, type Order, serve } from "../../pipeline/remote.ts";
import { run } from "../index.ts";

const tell = serve(run, workerData as Order, (message, transfer) => parentPort?.postMessage(message, transfer as ArrayBuffer[]));
parentPort?.on("message", (control: Control) => tell(control));
