using System.Text.RegularExpressions;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>本人收入: one amount a kind; what is left empty there is not.</summary>
public sealed record IncomeSection() : FormSection("income", "incomes")
{
    public override IEnumerable<Field> Draw(SectionForm form, AidContent saved) =>
        Enum.GetNames<IncomeKind>().Select(k => form.Amount("incomes." + k, required: k == nameof(IncomeKind.Wage)));

    public override Typed TypedOf(AidContent saved) =>
        saved.Incomes.Aggregate(Typed.Nothing, (typed, i) => typed.With($"incomes.{i.Kind}", Amounts.Plain(i.Yearly)));

    public override AidContent Into(AidContent saved, SectionReading read) =>
        saved with
        {
            Incomes =
            [
                .. Enum.GetValues<IncomeKind>()
                    .Select(k => (Kind: k, Amount: read.Amount($"incomes.{k}")))
                    .Where(i => i.Amount is not null)
                    .Select(i => new Income(i.Kind, i.Amount!.Value)),
            ],
        };

    public override string At(string field, AidContent content) =>
        Amounts.Row(field, content.Incomes.Length) is { } row
            ? $"incomes.{content.Incomes[row].Kind}"
            : "incomes." + IncomeKind.Wage;
}

/// <summary>困难必要支出: paid by the household itself, after insurance and reimbursements.</summary>
public sealed record SpendingSection() : FormSection("spending", "spending")
{
    public override IEnumerable<Field> Draw(SectionForm form, AidContent saved) =>
        Enum.GetNames<SpendingKind>().Select(k => form.Amount("spending." + k));

    public override Typed TypedOf(AidContent saved) =>
        saved.Spending.Aggregate(
            Typed.Nothing,
            (typed, s) => typed.With($"spending.{s.Kind}", Amounts.Plain(s.Yearly))
        );

    public override AidContent Into(AidContent saved, SectionReading read) =>
        saved with
        {
            Spending =
            [
                .. Enum.GetValues<SpendingKind>()
                    .Select(k => (Kind: k, Amount: read.Amount($"spending.{k}")))
                    .Where(s => s.Amount is not null)
                    .Select(s => new Spending(s.Kind, s.Amount!.Value)),
            ],
        };

    public override string At(string field, AidContent content) =>
        Amounts.Row(field, content.Spending.Length) is { } row
            ? $"spending.{content.Spending[row].Kind}"
            : "spending." + SpendingKind.Medical;
}

internal static partial class Amounts
{
    /// <summary>As one types it: without the commas that are read back anyway.</summary>
    public static string Plain(Money amount) => amount.ToString().Replace(",", "", StringComparison.Ordinal);

    /// <summary>The row in a field's name, <c>incomes[2].yearly</c>; null where there is none.</summary>
    public static int? Row(string field, int rows) =>
        Index().Match(field) is { Success: true } match && int.Parse(match.Groups[1].Value) is var row && row < rows
            ? row
            : null;

    [GeneratedRegex(@"\[(\d+)\]")]
    private static partial Regex Index();
}
