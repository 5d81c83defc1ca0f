using System.Text.RegularExpressions;

namespace EduUnion.Host.Tests.Resources;

/// <summary>The codes with which a source file refuses: the first dotted literal in the call that makes a refusal.</summary>
internal static partial class RefusalWords
{
    public static IEnumerable<string> CodesIn(string source) =>
        Literal().Matches(source).Select(m => m.Groups[1].Value);

    [GeneratedRegex("""\bRefusal(?:\.\w+)?\(\s*(?:"[A-Za-z]+",\s*)?"([a-z0-9-]+(?:\.[a-z0-9-]+)+)"(?!\s*\+)""")]
    private static partial Regex Literal();
}
