// What can be done with a pipeline, in the order of its tabs. A view gets the pipeline as it is loaded, and as it was changed here.
import type { JSX } from "preact";
import type { Draft } from "./drafts.ts";
import { SettingsTab } from "./forms/settingsTab.tsx";
import { PreviewTab } from "./preview/previewTab.tsx";
import { StartTab } from "./startTab.tsx";

export interface Tab {
  /** In the address. */
  readonly id: string;
  readonly title: string;
  readonly View: (draft: Draft) => JSX.Element;
}

export const tabs: readonly Tab[] = [
  { id: "", title: "Run", View: StartTab },
  { id: "settings", title: "Settings", View: SettingsTab },
  { id: "rows", title: "Rows", View: PreviewTab },
];
