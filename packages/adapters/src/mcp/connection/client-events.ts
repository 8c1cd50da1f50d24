/** What a client of the SDK tells its owner of. */
export interface ClientHooks {
  onclose?: (() => void) | undefined;
  fallbackNotificationHandler?: ((notification: { method: string }) => Promise<void>) | undefined;
}

/** Who hears it beside the owner. */
export interface ClientListener {
  onClose: () => void;
  /** Notifications for which the owner has a handler of its own do not come here. */
  onNotification: (method: string) => void;
}

interface Hooked {
  readonly listeners: Set<ClientListener>;
  readonly before: ClientHooks;
}

const hooked = new WeakMap<ClientHooks, Hooked>();

/**
 * Listens to a client, beside its owner and other listeners. A client has one place for each of its hooks: they are
 * taken once, and given back when the last listener has gone, in whatever order they go.
 *
 * @returns Ends the listening.
 */
export function listenTo(client: ClientHooks, listener: ClientListener): () => void {
  const known = hooked.get(client) ?? hook(client);
  known.listeners.add(listener);
  return () => {
    known.listeners.delete(listener);
    if (known.listeners.size > 0 || hooked.get(client) !== known) return;
    hooked.delete(client);
    Object.assign(client, known.before);
  };
}

function hook(client: ClientHooks): Hooked {
  const { onclose, fallbackNotificationHandler } = client;
  const made: Hooked = { listeners: new Set(), before: { onclose, fallbackNotificationHandler } };
  const hooks: ClientHooks = {
    onclose: () => {
      onclose?.();
      for (const { onClose } of made.listeners) onClose();
    },
    fallbackNotificationHandler: async (notification) => {
      for (const { onNotification } of made.listeners) onNotification(notification.method);
      await fallbackNotificationHandler?.(notification);
    },
  };
  Object.assign(client, hooks);
  hooked.set(client, made);
  return made;
}
