/** A source as a list shows it. */
export interface Outlet {
  key: string;
  name: string;
  /** Articles of it that were read. */
  articles: number;
}

/** The questions that a reader's filters ask of the store. */
export interface OutletStore {
  /** The sources with the most articles, by number and then key. */
  outlets(limit: number): Promise<Outlet[]>;
}
