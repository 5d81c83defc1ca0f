namespace EduUnion.Host;

/// <summary>
/// The program cannot start, and the message says why in one sentence for the person who starts it. Never carries a
/// secret: the message is printed as it is, without the exception's type or stack.
/// </summary>
public sealed class StartRefused(string sentence, Exception? cause = null) : Exception(sentence, cause);
