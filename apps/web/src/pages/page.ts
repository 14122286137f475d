/** What a page's folder exports as `page` from its `page.ts`; the page itself is loaded when it is opened. */
import type { Component } from "svelte";

/** What a page is given: the rest of its address. */
export interface PageProps {
  /** Parts of the address after the page's own name, decoded: `#/study/001?at=2` gives `["001"]`. */
  readonly parts: readonly string[];
  /** The query of the address. */
  readonly query: URLSearchParams;
}

export interface PageModule {
  /** First part of the address: `study` for `#/study/...`; the empty name is where the app opens. */
  readonly route: string;
  /** Title of the window and words for screen readers when the page opens. */
  readonly title: string;
  /** Where it stands in the navigation; left out, it is reached from other pages only. */
  readonly nav?: { readonly label: string; readonly order: number };
  /** Words that the navigation shows under the label on the page that lists all. */
  readonly about?: string;
  load(): Promise<{ readonly default: Component<PageProps> | Component<Record<string, never>> }>;
}
