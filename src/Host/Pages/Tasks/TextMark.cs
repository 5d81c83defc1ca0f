using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain.Motions;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>Remembers in the form which text was read, so that a refusal can name the parts that changed.</summary>
public static class TextMark
{
    public static IEnumerable<(string Name, string Mark)> Of(MotionContent content) =>
        [
            ("title", Mark(content.Title)),
            ("category", Mark(content.Category)),
            ("grounds", Mark(content.Grounds)),
            ("proposals", Mark(string.Join('\n', content.Proposals))),
        ];

    public static IReadOnlyList<string> Changed(Typed typed, MotionContent now, Texts texts) =>
        [
            .. Of(now)
                .Where(m => typed.One("seen-" + m.Name) is { } seen && seen != m.Mark)
                .Select(m => texts["motionform." + m.Name]),
        ];

    private static string Mark(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 8);
}
