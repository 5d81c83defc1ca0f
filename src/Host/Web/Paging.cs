using EduUnion.Host.Web.Components;
using Microsoft.Extensions.Primitives;

namespace EduUnion.Host.Web;

/// <summary>
/// Previous beside next where a list pages by key. The address of a page carries the keys of the pages before it
/// (<c>back</c>), so a list is read in one direction only and going back begins where that page began.
/// </summary>
public static class Paging
{
    /// <summary>Keeps an address shorter than what servers on the way take.</summary>
    private const int Remembered = 30;

    /// <param name="filter">What narrows the list; empty values are left out of the addresses.</param>
    /// <param name="next">The key from which the list goes on; null = this is its last page.</param>
    public static Pager Of(
        HttpRequest request,
        IEnumerable<KeyValuePair<string, string?>> filter,
        string? next,
        string? place = null
    )
    {
        var after = request.Query["after"].ToString();
        string[] back = [.. request.Query["back"].OfType<string>().TakeLast(Remembered)];
        string? previous =
            after.Length == 0 ? null
            : back.Length == 0 ? Address(request.Path, filter, null, [])
            : Address(request.Path, filter, back[^1], back[..^1]);
        string[] behind = after.Length == 0 ? [] : [.. back.TakeLast(Remembered - 1), after];
        return new Pager(previous, next is null ? null : Address(request.Path, filter, next, behind))
        {
            Place = after.Length == 0 ? null : place,
        };
    }

    private static string Address(
        PathString path,
        IEnumerable<KeyValuePair<string, string?>> filter,
        string? after,
        string[] back
    ) =>
        path
        + QueryString.Create(
            filter
                .Append(new("after", after))
                .Where(f => !string.IsNullOrEmpty(f.Value))
                .Select(f => KeyValuePair.Create(f.Key, new StringValues(f.Value)))
                .Append(new("back", back))
        );
}
