// The public API of @smoltools/adapters/sandboxes/modal.

export { modal, type ModalOptions } from "./modal.ts";
