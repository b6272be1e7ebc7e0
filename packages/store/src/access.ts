/** What a key allows; `admin` allows everything. */
export type KeyScope = 'read' | 'submit' | 'admin';

/** A key to the API, without what would let somebody use it. */
export interface AccessKey {
  id: string;
  name: string;
  scopes: KeyScope[];
  /** ISO time. */
  createdAt: string;
  /** ISO time, at most an hour too early; null where it was never used. */
  lastUsedAt: string | null;
}

/** A key with the SHA-256 of its text. */
export interface KnownKey extends AccessKey {
  digest: Buffer;
}

/** What the store is asked about who may do what. */
export interface AccessStore {
  /** Keeps a new key; null where there are as many as there may be. */
  addKey(key: Pick<KnownKey, 'id' | 'name' | 'scopes' | 'digest'>): Promise<AccessKey | null>;
  /** All keys, the oldest first. */
  keys(): Promise<KnownKey[]>;
  /** Ends a key; false where there is none with this id. */
  revokeKey(id: string): Promise<boolean>;
  /** Notes that a key is in use now. */
  keyUsed(id: string): Promise<void>;
}
