using MimeKit;

namespace EduUnion.Faults;

// The mails that left, held against what was to be told.
internal sealed partial class Checker
{
    private async Task CheckMailsAsync(string directory)
    {
        await NoneAsync(
            "notice {0} ({1}) was never told to anybody",
            "SELECT id, kind FROM notices WHERE fanned_at IS NULL"
        );
        // Whoever is named by himself and has an address gets the mail, unless he must stand aside.
        await NoneAsync(
            "notice {0} ({1}) names a member, and nobody got it",
            """
            SELECT n.id, n.kind FROM notices n WHERE n.fanned_at IS NOT NULL AND n.recipients LIKE '{"Members":["%'
            AND n.recipients LIKE '%"Except":[]%'
            AND NOT EXISTS (SELECT 1 FROM outgoing_mails m WHERE m.notice_id = n.id)
            AND EXISTS (SELECT 1 FROM members p WHERE p.email IS NOT NULL AND lower(n.recipients) LIKE '%' || lower(CAST(p.id AS text)) || '%')
            """
        );
        var left = Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.eml", SearchOption.AllDirectories).Select(Read).ToList()
            : [];
        var found = left.ToLookup(l => l.MessageId, l => l.To);
        var known = new HashSet<string>();
        foreach (
            var mail in await RowsAsync("SELECT notice_id, member_id, message_id, state, address FROM outgoing_mails")
        )
        {
            var id = mail[2]!.Trim('<', '>');
            var expected = $"{Plain(mail[0]!)}-{Plain(mail[1]!)}@";
            if (!id.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
                _violations.Add($"the mail of notice {mail[0]} to {mail[1]} has the Message-ID {id}");
            if (!known.Add(id))
                _violations.Add($"two mails have the Message-ID {id}");
            if (mail[3] is not ("Sent" or "Digested"))
                _violations.Add($"the mail {id} is {mail[3]}");
            if (mail[3] == "Sent" && !found.Contains(id))
                _violations.Add($"the mail {id} is said to have left, and did not");
            if (found[id].Any(to => to != mail[4]))
                _violations.Add($"the mail {id} left for {string.Join(", ", found[id])} and not for {mail[4]}");
        }
        foreach (var (id, _) in left.Where(l => !known.Contains(l.MessageId)))
            _violations.Add($"a mail left that nobody wrote: {id}");
    }

    private static (string MessageId, string To) Read(string path)
    {
        using var message = MimeMessage.Load(path);
        return (message.MessageId!, message.To.Mailboxes.Single().Address);
    }

    private static string Plain(string id) => id.Replace("-", "", StringComparison.Ordinal);
}
