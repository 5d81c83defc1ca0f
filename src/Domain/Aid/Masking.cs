using System.Collections.Immutable;

namespace EduUnion.Domain.Aid;

/// <summary>What is shown of a name or a number where the whole is nobody's business (domain §3.3 step 5, §3.9).</summary>
public static class Masking
{
    // Two-character surnames (复姓) still in use; of any other name the first character is the surname.
    private static readonly ImmutableHashSet<string> CompoundSurnames =
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "东方",
        "南宫",
        "西门",
        "东郭",
        "百里",
        "呼延",
        "轩辕",
        "端木",
        "独孤",
        "司空",
        "太史",
        "申屠",
        "钟离",
        "公冶",
        "闻人",
        "澹台",
        "濮阳",
        "淳于",
        "单于",
        "万俟",
        "赫连",
        "拓跋",
        "耶律",
        "完颜",
        "纳兰",
        "第五",
        "公羊",
        "左丘",
        "梁丘",
        "亓官",
        "仲孙",
        "鲜于",
        "歐陽",
        "司馬",
        "諸葛",
    ];

    /// <summary>
    /// The surname, and one star for each character after it: <c>张三</c> → <c>张*</c>, <c>张三丰</c> → <c>张**</c>,
    /// <c>欧阳小明</c> → <c>欧阳**</c>. Of a name in parts (古丽·买买提, John Smith) the first character, and two stars
    /// whatever its length. A compound surname is taken for one only if a given name follows it: 欧阳 alone is 欧*.
    /// </summary>
    public static string Name(string name)
    {
        var runes = name.Trim().EnumerateRunes().Select(r => r.ToString()).ToList();
        if (runes.Count == 0)
            return "";
        if (runes.Any(IsBreak))
            return runes[0] + "**";
        var surname = runes.Count > 2 && CompoundSurnames.Contains(runes[0] + runes[1]) ? 2 : 1;
        return string.Concat(runes.Take(surname)) + new string('*', Math.Max(1, runes.Count - surname));
    }

    /// <summary>First and last character; nothing of what is too short to be one.</summary>
    public static string Identity(string number) =>
        number.Length < 4
            ? new string('*', number.Length)
            : number[0] + new string('*', number.Length - 2) + number[^1];

    /// <summary>The last four digits, and always four stars, so that the length is not told.</summary>
    public static string Account(string number) =>
        number.Length < BankAccount.NumberMin ? "****" : $"**** {number[^4..]}";

    /// <summary>A telephone number: the last two digits.</summary>
    public static string Phone(string number) => number.Length < 5 ? "****" : $"****{number[^2..]}";

    // A Latin name has no surname of one letter; a small letter tells it.
    private static bool IsBreak(string rune) =>
        rune is "·" or "•" or "・" or "‧" or "．" or "." or " " or "\u3000" || char.IsAsciiLetter(rune[0]);
}
