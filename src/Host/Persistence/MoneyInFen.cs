using EduUnion.Domain;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace EduUnion.Host.Persistence;

/// <summary>Whole fen, as everywhere.</summary>
internal sealed class MoneyInFen() : ValueConverter<Money, long>(money => money.Fen, fen => new Money(fen));
