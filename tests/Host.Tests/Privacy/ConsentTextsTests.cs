using System.Globalization;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Privacy;
using EduUnion.Host.Web;

namespace EduUnion.Host.Tests.Privacy;

public sealed class ConsentTextsTests
{
    private readonly ConsentTexts _texts = new(new Texts());

    [Fact]
    public void EveryConsent_HasATextInBothLanguages_AndItsVersionStaysReadable()
    {
        foreach (var language in Texts.Languages)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            foreach (var kind in Enum.GetValues<ConsentKind>())
            {
                var text = _texts.Current(kind);
                Assert.True(text.Text.Length > 60);
                Assert.NotEqual($"consent.{kind}", text.Title);
                Assert.Equal(text, _texts.Of(kind, text.Version));
            }
        }
        Assert.Null(_texts.Of(ConsentKind.Collection, "99"));
    }

    [Fact]
    public void NoBox_IsTickedBeforeSomebodyTickedIt()
    {
        Assert.All(_texts.Boxes(Typed.Nothing, null), b => Assert.False(b.Ticked));

        var typed = Typed.Nothing.With("consentTransfer", "1");

        Assert.Equal([ConsentKind.Transfer], _texts.Boxes(typed, null).Where(b => b.Ticked).Select(b => b.Text.Kind));
        Assert.Equal("1", ConsentTexts.Read(typed).Value.Single().Value);
        Assert.Empty(ConsentTexts.Read(Typed.Nothing).Value);
    }

    [Fact]
    public void AnEarlierText_IsNotConsentedTo()
    {
        var refused = ConsentTexts.Read(Typed.Nothing.With("consentPublicity", "0"));

        Assert.Equal(("consent.outdated", "consentPublicity"), (refused.Refusal?.Code, refused.Refusal?.Field));
    }
}
