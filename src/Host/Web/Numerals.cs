namespace EduUnion.Host.Web;

/// <summary>Ordinals as documents write them: 第三届第二次.</summary>
public static class Numerals
{
    private const string Digits = "零一二三四五六七八九";

    /// <summary>三, 十, 十二, 二十三; from 1 to 99, else the figures.</summary>
    public static string Chinese(int number) =>
        number switch
        {
            < 1 or > 99 => $"{number}",
            < 10 => Digit(number),
            _ => (number < 20 ? "" : Digit(number / 10)) + "十" + (number % 10 == 0 ? "" : Digit(number % 10)),
        };

    private static string Digit(int number) => Digits[number].ToString();
}
