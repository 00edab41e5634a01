// Where files of this user and this machine live.
import { homedir } from "node:os";
import { join } from "node:path";

/** Downloads are kept here: `$XDG_CACHE_HOME`, `%LOCALAPPDATA%` or `~/Library/Caches`, as the system has it. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  system: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "lanewise");
  if (system === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "lanewise", "Cache");
  if (system === "darwin") return join(home, "Library", "Caches", "lanewise");
  return join(home, ".cache", "lanewise");
}

/** A folder of data sets that the user keeps, if the environment names one. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env.LANEWISE_DATA || undefined;
}
