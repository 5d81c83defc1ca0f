using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace EduUnion.Host.Persistence;

/// <summary>
/// A read that every step makes: composed from the same parts as any other query, and translated once. Otherwise each call
/// builds the whole expression and compares it with the known ones, which costs more than reading the rows.
/// </summary>
/// <param name="name">Of the read, unique among all.</param>
/// <param name="compose">
/// Called once a model, with stand-ins for the three arguments; wherever one of them stands in the query, the argument of
/// each call will stand. So it must hand them on as they are and compute nothing from them.
/// </param>
internal sealed class PreparedRead<T>(string name, Func<EduUnionDb, Guid, Guid, DateOnly, IQueryable<T>> compose)
    where T : class
{
    private delegate Task<T?> Read(
        EduUnionDb db,
        Guid first,
        Guid second,
        DateOnly day,
        CancellationToken cancellation
    );

    private readonly string _annotation = $"EduUnion:Read:{name}";

    /// <summary>The first row, or null.</summary>
    public Task<T?> FirstAsync(EduUnionDb db, Guid first, Guid second, DateOnly day, CancellationToken cancellation) =>
        // A translation belongs to a model, and there is one a database and set of options.
        db.Model.GetOrAddRuntimeAnnotationValue(_annotation, Translate, db)(db, first, second, day, cancellation);

    private Read Translate(EduUnionDb? db)
    {
        var (context, cancellation) = (
            Expression.Parameter(typeof(EduUnionDb)),
            Expression.Parameter(typeof(CancellationToken))
        );
        var standIns = new Dictionary<object, ParameterExpression>
        {
            [Guid.NewGuid()] = Expression.Parameter(typeof(Guid), "first"),
            [Guid.NewGuid()] = Expression.Parameter(typeof(Guid), "second"),
            [new DateOnly(1, 2, 3)] = Expression.Parameter(typeof(DateOnly), "day"),
        };
        var (given, parameters) = (standIns.Keys.ToArray(), standIns.Values.ToArray());
        var query = compose(db!, (Guid)given[0], (Guid)given[1], (DateOnly)given[2]).Expression;
        var rows = new Replacing(standIns).Visit(query);
        var first = Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(T)], rows);
        var read = EF.CompileAsyncQuery(
            Expression.Lambda<Func<EduUnionDb, Guid, Guid, DateOnly, CancellationToken, T?>>(
                first,
                [context, .. parameters, cancellation]
            )
        );
        return (on, one, two, day, token) => read(on, one, two, day, token);
    }

    /// <summary>What a query has captured: a stand-in becomes its parameter, another query its own expression.</summary>
    private sealed class Replacing(Dictionary<object, ParameterExpression> standIns) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            Captured(node) switch
            {
                null => base.VisitMember(node),
                IQueryable query => Visit(query.Expression),
                var value => standIns.TryGetValue(value, out var parameter) ? parameter : node,
            };

        private static object? Captured(Expression? node) =>
            node switch
            {
                ConstantExpression constant => constant.Value,
                MemberExpression { Member: FieldInfo field, Expression: { } owner }
                    when Captured(owner) is { } holder => field.GetValue(holder),
                _ => null,
            };
    }
}
