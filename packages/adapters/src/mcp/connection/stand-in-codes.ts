// Codes of answers that stand for what a server did not say, from those that JSON-RPC leaves to programs.

/** The answer got lost on the way. */
export const lostAnswerCode = -32_098;

/** A question of the server was not answered here. */
export const unansweredCode = -32_096;

/** The answer is none. */
export const unreadableAnswerCode = -32_097;
