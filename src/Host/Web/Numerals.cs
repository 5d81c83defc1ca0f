using System.Globalization;

namespace EduUnion.Host.Web;

/// <summary>Small numbers as Chinese documents write them: 三, 十二, 二十一.</summary>
public static class Numerals
{
    private const string Digits = "零一二三四五六七八九";

    /// <summary>For 0 to 99; larger ones stay digits.</summary>
    public static string Chinese(int number) =>
        number switch
        {
            < 0 or > 99 => number.ToString(CultureInfo.InvariantCulture),
            < 10 => $"{Digits[number]}",
            _ => $"{(number < 20 ? "" : Digits[number / 10])}十{(number % 10 == 0 ? "" : Digits[number % 10])}",
        };

    /// <summary>As the language of the page writes it.</summary>
    public static string Here(int number) =>
        Language.IsEnglish ? number.ToString(CultureInfo.InvariantCulture) : Chinese(number);
}
