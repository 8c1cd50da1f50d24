// What the environment says of Hugging Face, with the names and the order of its official clients: for all packages.

export { cleanToken, huggingFacePaths, type HuggingFacePaths, tokenPlace, type TokenPlace } from "./environment.ts";
