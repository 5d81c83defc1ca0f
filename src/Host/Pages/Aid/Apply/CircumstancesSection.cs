using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>其他情况: three hints for those who decide; a yes is explained and refuses nothing by itself.</summary>
public sealed record CircumstancesSection() : FormSection("circumstances", "exclusions.")
{
    public override IEnumerable<Field> Draw(SectionForm form, AidContent saved) =>
        [
            form.YesNo("exclusions.twoDwellings"),
            form.YesNo("exclusions.business"),
            form.YesNo("exclusions.costlySchool"),
            form.LongText("exclusions.explanation", 500, required: false) with
            {
                When = form.Texts["aid.when.explanation"],
            },
        ];

    public override Typed TypedOf(AidContent saved) =>
        Typed
            .Nothing.With("exclusions.twoDwellings", Said(saved.Exclusions.TwoDwellings))
            .With("exclusions.business", Said(saved.Exclusions.Business))
            .With("exclusions.costlySchool", Said(saved.Exclusions.CostlySchool))
            .With("exclusions.explanation", saved.Exclusions.Explanation ?? "");

    public override AidContent Into(AidContent saved, SectionReading read) =>
        saved with
        {
            Exclusions = new Exclusions(
                read.YesNo("exclusions.twoDwellings"),
                read.YesNo("exclusions.business"),
                read.YesNo("exclusions.costlySchool"),
                read.Said("exclusions.explanation")
            ),
        };

    private static string Said(bool? answer) =>
        answer switch
        {
            true => "yes",
            false => "no",
            null => "",
        };
}
