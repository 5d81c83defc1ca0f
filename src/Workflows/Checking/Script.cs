using Acornima;
using Acornima.Ast;
using EduUnion.Workflows.Definitions;
using Expression = EduUnion.Workflows.Definitions.Expression;

namespace EduUnion.Workflows.Checking;

/// <summary>Takes small scripts apart.</summary>
internal static class Script
{
    private static readonly ParserOptions Options = new() { AllowReturnOutsideFunction = true };

    /// <summary>The expression that a script consists of, bare or behind <c>return</c>; null for anything longer.</summary>
    public static Acornima.Ast.Expression? Parse(Expression expression)
    {
        if (expression.Kind != ExpressionKind.JavaScript)
            return null;
        try
        {
            return new Parser(Options).ParseExpression(expression.Source);
        }
        catch (ParseErrorException)
        {
            return new Parser(Options).ParseScript(expression.Source).Body is [ReturnStatement { Argument: { } value }]
                ? value
                : null;
        }
    }

    /// <summary><c>getX().property</c>.</summary>
    public static (string Variable, string Property)? Read(Node script) =>
        script
            is MemberExpression
            {
                Computed: false,
                Object: CallExpression { Callee: Identifier { Name: ['g', 'e', 't', ..] getter }, Arguments.Count: 0 },
                Property: Identifier property,
            }
            ? (getter[3..], property.Name)
            : null;

    /// <summary>Comparisons of <c>getX().property</c> with texts, joined by &amp;&amp;, || and !.</summary>
    public static bool Comparisons(Node script, out List<(string Variable, string Property, string Value)> comparisons)
    {
        comparisons = [];
        return Collect(script, comparisons);
    }

    /// <summary><c>getX().property === "value"</c> and nothing else.</summary>
    public static (string Variable, string Property, string Value)? Equal(Node script) =>
        script is BinaryExpression { Operator: Operator.StrictEquality or Operator.Equality }
        && Comparisons(script, out var comparisons)
            ? comparisons[0]
            : null;

    private static bool Collect(Node node, List<(string, string, string)> comparisons)
    {
        switch (node)
        {
            case LogicalExpression { Operator: Operator.LogicalAnd or Operator.LogicalOr } both:
                return Collect(both.Left, comparisons) && Collect(both.Right, comparisons);
            case UnaryExpression { Operator: Operator.LogicalNot } not:
                return Collect(not.Argument, comparisons);
            case BinaryExpression
            {
                Operator: Operator.StrictEquality
                    or Operator.StrictInequality
                    or Operator.Equality
                    or Operator.Inequality,
                Right: Literal { Value: string or bool or double } literal,
            } comparison when Read(comparison.Left) is var (variable, property):
                comparisons.Add(
                    (
                        variable,
                        property,
                        Convert.ToString(literal.Value, System.Globalization.CultureInfo.InvariantCulture)!
                    )
                );
                return true;
            default:
                return false;
        }
    }
}
