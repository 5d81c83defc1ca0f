namespace EduUnion.Domain.Aid;

/// <summary>Collects what is wrong in a form; a draft may be unfinished but not malformed.</summary>
internal sealed class FieldCheck(bool complete)
{
    private readonly List<Refusal> _found = [];

    public bool Complete { get; } = complete;

    public Refusal? Refusal => Domain.Refusal.Of(_found);

    public void Add(Refusal refusal) => _found.Add(refusal);

    public void Missing(string field)
    {
        if (Complete)
            Add(Domain.Refusal.At(field, "aid.field-missing"));
    }

    public void Need(string field, object? value)
    {
        if (value is null)
            Missing(field);
    }

    /// <summary>A text: needed unless <paramref name="optional"/>, of so many characters as people count them.</summary>
    public void Text(string field, string? value, int max, bool optional = false)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            if (!optional)
                Missing(field);
            return;
        }
        var length = value.EnumerateRunes().Count();
        if (length > max)
            Add(Domain.Refusal.At(field, "aid.field-too-long", max, length));
        else if (value.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            Add(Domain.Refusal.At(field, "text.control-characters"));
    }

    /// <summary>A yearly or requested amount: not negative, and below what a household can have.</summary>
    public void Amount(string field, Money? value, bool positive = false)
    {
        if (value is not { } amount)
            Missing(field);
        else if (amount < Money.Zero || amount > Money.Yuan(100_000_000) || (positive && amount == Money.Zero))
            Add(Domain.Refusal.At(field, "aid.amount-invalid"));
    }
}
