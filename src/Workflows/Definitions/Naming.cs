using System.Text;

namespace EduUnion.Workflows.Definitions;

/// <summary>How Elsa makes identifiers of the names that people give.</summary>
internal static class Naming
{
    /// <summary>Upper case at the start and after spaces, hyphens and underscores, which are dropped.</summary>
    public static string Pascal(string name)
    {
        var pascal = new StringBuilder(name.Length);
        var upper = true;
        foreach (var c in name)
            if (c is ' ' or '-' or '_')
                upper = true;
            else
            {
                pascal.Append(upper ? char.ToUpperInvariant(c) : c);
                upper = false;
            }
        return pascal.ToString();
    }
}
