const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names that Python does not let code assign to. */
export const pythonKeywords: ReadonlySet<string> = words(`
  False None True __debug__ and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield`);

/** Built-in names that code relies on. Those that good code uses as names of variables, such as `id`, are not here. */
export const pythonBuiltins: ReadonlySet<string> = words(`
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
  BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
  ConnectionResetError DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup
  FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
  IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError
  ModuleNotFoundError NameError NotADirectoryError NotImplemented NotImplementedError OSError OverflowError
  PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning
  RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit
  TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError
  UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError
  abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr
  dict divmod enumerate eval exec filter float frozenset getattr globals hasattr hex int isinstance issubclass iter
  len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set
  setattr slice sorted staticmethod str sum super tuple type zip`);

/** Names of the module `typing` that declarations use. */
export const typingNames: ReadonlySet<string> = words("Any Literal Never NoReturn NotRequired TypedDict");

/**
 * Tells whether a text can name a parameter of Python.
 *
 * Letters beyond ASCII are left out: Python takes some of them for others (NFKC), so the name would not be the key.
 */
export function isPythonName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !pythonKeywords.has(text);
}
