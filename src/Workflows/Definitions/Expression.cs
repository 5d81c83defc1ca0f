using System.Text.Json;
using Acornima.Ast;
using Jint;

namespace EduUnion.Workflows.Definitions;

/// <summary>The expression types of Elsa that this product reads.</summary>
public enum ExpressionKind
{
    Literal,
    Object,
    Variable,
    Input,
    JavaScript,
}

/// <summary>An input's expression. Scripts are parsed once, when the document is read.</summary>
/// <param name="Value">
/// Literal: the value; Object: the JSON it holds; Variable: the variable's id as a string; Input: the input's name as a
/// string; JavaScript: the source text.
/// </param>
/// <param name="TypeName">Elsa's alias of the type that the activity expects; null when the document gives none.</param>
public sealed record Expression(ExpressionKind Kind, JsonElement Value, string? TypeName)
{
    internal Prepared<Script>? Script { get; init; }

    /// <summary>Source text of a JavaScript expression.</summary>
    public string Source => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : "";

    /// <summary>
    /// Parses a body, which may be an expression, statements with <c>return</c>, or statements whose last value counts.
    /// Everything is wrapped so that declarations of one script never reach the next one on the same engine.
    /// </summary>
    /// <exception cref="ScriptPreparationException">The text is no JavaScript.</exception>
    internal static Prepared<Script> Prepare(string body)
    {
        try
        {
            return Jint.Engine.PrepareScript($"(function(){{return (\n{body}\n)}})()", options: Options);
        }
        catch (ScriptPreparationException)
        {
            try
            {
                return Jint.Engine.PrepareScript($"{{\n{body}\n}}", options: Options);
            }
            catch (ScriptPreparationException)
            {
                return Jint.Engine.PrepareScript($"(function(){{\n{body}\n}})()", options: Options);
            }
        }
    }

    private static readonly ScriptPreparationOptions Options = new()
    {
        ParsingOptions = new() { AllowReturnOutsideFunction = false, RegexTimeout = TimeSpan.FromMilliseconds(100) },
    };
}
