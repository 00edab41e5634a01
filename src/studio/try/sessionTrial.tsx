// The model of a run that was followed in this page: it is in the page, or in the folder that Node left.
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { folderOf } from "../api.ts";
import type { Session } from "../session.ts";
import { TryModel } from "./tryModel.tsx";

export function SessionTrial({ session, run }: { readonly session: Session; readonly run: string | undefined }): JSX.Element | null {
  const { files, where } = session;
  const here = useMemo(() => Object.fromEntries(files), [files]);
  if (where === "page") return files.has("model.safetensors") ? <TryModel files={here} /> : null;
  return run === undefined ? null : <TryModel files={folderOf(run)} />;
}
