using System.Text;

namespace EduUnion.Domain.Funds;

/// <summary>
/// An amount in capital numerals (人民币大写) as vouchers bear it: 5000.01 元 → 人民币伍仟元零壹分, 30000 元 → 人民币叁万元整.
/// </summary>
public static class CapitalAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿"];

    /// <exception cref="ArgumentOutOfRangeException">Negative, or a trillion yuan and more.</exception>
    public static string Of(Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Fen);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(amount.Fen, 100_000_000_000_000L);
        var (yuan, jiao, fen) = (amount.Fen / 100, (int)(amount.Fen / 10 % 10), (int)(amount.Fen % 10));
        var text = new StringBuilder("人民币");
        if (yuan > 0 || amount.Fen == 0)
            text.Append(yuan == 0 ? "零" : Whole(yuan)).Append('元');
        if (jiao == 0 && fen == 0)
            return text.Append('整').ToString();
        if (jiao > 0)
            text.Append(Digits[jiao]).Append('角');
        // 元零伍分: the empty place between is spoken; 叁角整 ends what has no fen.
        else if (yuan > 0)
            text.Append('零');
        return (fen > 0 ? text.Append(Digits[fen]).Append('分') : text.Append('整')).ToString();
    }

    private static string Whole(long yuan)
    {
        var text = new StringBuilder();
        var gap = false;
        for (var group = Groups.Length - 1; group >= 0; group--)
        {
            var part = (int)(yuan / Power(group * 4) % 10_000);
            if (part == 0)
            {
                gap |= text.Length > 0;
                continue;
            }
            // 壹万零伍: a group that does not fill its thousands is joined by one zero.
            if (text.Length > 0 && (gap || part < 1000))
                text.Append('零');
            gap = false;
            Append(text, part);
            text.Append(Groups[group]);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, int part)
    {
        var (begun, gap) = (false, false);
        for (var place = 3; place >= 0; place--)
        {
            var digit = part / (int)Power(place) % 10;
            if (digit == 0)
            {
                gap = begun;
                continue;
            }
            if (gap)
                text.Append('零');
            text.Append(Digits[digit]).Append(Places[place]);
            (begun, gap) = (true, false);
        }
    }

    private static long Power(int exponent) => (long)Math.Pow(10, exponent);
}
