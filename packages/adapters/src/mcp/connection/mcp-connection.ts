/** How far a request has come. */
export interface RequestProgress {
  progress: number;
  total?: number;
  message?: string;
}

/** Options of one request. */
export interface RequestOptions {
  /** Ends the request, and tells the server. It then rejects with whatever the SDK makes of it. */
  signal: AbortSignal;
  onProgress?: ((progress: RequestProgress) => void) | undefined;
}

/** A connection to one server: all that the rest of this folder knows of the SDKs. */
export interface McpConnection {
  /** What the server says that it can do, by the names of the protocol. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** What the server calls itself, as it came. */
  readonly serverInfo: unknown;
  /** The server tells when it has other tools, and is heard. */
  readonly announcesTools: boolean;
  /** Why the connection is over; `undefined` while it is not. */
  readonly ended: Error | undefined;
  /**
   * Asks the server for something.
   *
   * @returns Its answer as it came: nothing of it has been checked but that it is JSON.
   */
  request(method: string, params: Readonly<Record<string, unknown>>, options: RequestOptions): Promise<unknown>;
  /** Ends it: requests that are open reject. */
  close(): Promise<void>;
}

/** What a connection reports by itself. */
export interface ConnectionEvents {
  /** The server has other tools than before. */
  onToolsChanged: () => void;
  /** What the server offers may have changed before its announcements could be heard. */
  onToolsMissed: () => void;
  /** The connection is over. */
  onEnd: () => void;
}
