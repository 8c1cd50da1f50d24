// The public API of @smoltools/adapters/tools: named exports only.

export { baseTools, type BaseToolsOptions } from "./base-tools.ts";
export { codeInterpreter, type CodeInterpreterInput, type CodeInterpreterOptions } from "./code-interpreter.ts";
export { jsonSearchEngine, type JsonSearchEngineOptions } from "./search/engines/json-search-engine.ts";
export type { JsonResultFields } from "./search/json-results.ts";
export type { SearchEndpoint, SearchEngine, SearchQuery } from "./search/search-engine.ts";
export { searchEngines, type SearchEngineName } from "./search/search-engines.ts";
export type { SearchResult } from "./search/search-result.ts";
export type { AudioInput } from "./speech/audio-input.ts";
export type { SpeechServiceName } from "./speech/speech-services.ts";
export { speechToText, type SpeechToTextInput, type SpeechToTextOptions } from "./speech-to-text.ts";
export { type Ask, userInput, type UserInputInput, type UserInputOptions } from "./user-input.ts";
export { visitWebpage, type VisitWebpageInput, type VisitWebpageOptions } from "./visit-webpage.ts";
export type { ApiKey } from "./web/api-key.ts";
export type { WebToolOptions } from "./web/check-options.ts";
export type { WebAnswer, WebRequest } from "./web/web-request.ts";
export { WebToolError, type WebToolErrorCode, type WebToolErrorData } from "./web/web-tool-error.ts";
export { webSearch, type WebSearchInput, type WebSearchOptions } from "./web-search.ts";
export { wikipediaSearch, type WikipediaSearchInput, type WikipediaSearchOptions } from "./wikipedia-search.ts";
